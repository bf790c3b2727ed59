"""Telegram: people's updates into Requests, Cards into messages with keyboards."""
