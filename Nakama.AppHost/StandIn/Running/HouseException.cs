namespace Aspire.Hosting;

/// <summary>Something the reader of the message can mend; shown without a stack trace.</summary>
public sealed class HouseException(string message) : Exception(message);
