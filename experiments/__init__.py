"""What is done with the model: runs are planned and performed, analysed and shown."""
