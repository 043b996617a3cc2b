"""Sessions planned and held: the question before, the conversation, the reflection after."""
