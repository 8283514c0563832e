"""What a register is: rows with an owner, a due day, a state and a history; their list and page."""
