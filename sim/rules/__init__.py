"""What happens: every formula of the model, once, as pure functions of scalars."""
