"""Alike: what was put before and looks like what somebody puts now - found, shown to them alone, joined or linked."""
