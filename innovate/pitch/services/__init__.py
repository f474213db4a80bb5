"""What changes a pitch day, one function per use case."""
