"""What stands behind `./lodestar`: packages, the embedded PostgreSQL, the processes. Standard library only."""
