namespace Nakama.Server.Search.Text;

/// <summary>The files of an index cannot be used; the index has to be made anew.</summary>
public sealed class TextIndexException(Exception cause) : Exception("The full-text index cannot be used.", cause);
