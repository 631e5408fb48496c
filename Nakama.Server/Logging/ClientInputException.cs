using System.Data.Common;
using System.Text;

namespace Nakama.Server.Logging;

/// <summary>
/// What is logged of a failure that a client caused with the values it sent: one short line and no stack trace, since the
/// code behaved as intended.
/// </summary>
public sealed class ClientInputException : Exception
{
    private const int MaxLength = 256;

    public ClientInputException()
    {
    }

    public ClientInputException(string message)
        : base(Shorten(message))
    {
    }

    public ClientInputException(string message, Exception innerException)
        : base(Shorten(message), innerException)
    {
    }

    /// <summary>
    /// Whether a value caused the failure: the database refused it (SQLSTATE class 22, data exceptions, and class 23,
    /// integrity constraints), or its text cannot be encoded.
    /// </summary>
    public static bool Caused(Exception? failure) => failure switch
    {
        DbException { SqlState: ['2', '2' or '3', ..] } => true,
        EncoderFallbackException => true,
        _ => false,
    };

    private static string Shorten(string message)
    {
        // The text after the first line repeats it with details of the statement.
        var line = message.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        return line.Length <= MaxLength ? line.ToString() : string.Concat(line[..MaxLength], "…");
    }
}
