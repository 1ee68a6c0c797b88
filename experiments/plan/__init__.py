"""What is to be run: experiments as data, and the designs that choose their points."""
