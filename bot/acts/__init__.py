"""What people can ask for: one function a command, each takes the Turn and the words, and gives the Answer."""
