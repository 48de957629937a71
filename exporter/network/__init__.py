"""The network: the only place where the program opens a connection, and the Fetcher it makes of it.

`access` says how far it may go and costs nothing to import; the rest is loaded on use.
"""
