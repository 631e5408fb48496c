using System.Data.Common;
using System.Text;

namespace Nakama.Server.Logging;

/// <summary>
/// What a log keeps of a failure that a client caused with the values it sent: one short line and no stack, since the
/// code did what it should.
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
    /// Whether the failure is that of a value: the database refused it (SQLSTATE class 22, data exceptions, and class 23,
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
        // What follows the first line repeats it with details of the statement.
        var line = message.AsSpan();
        var end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        return line.Length <= MaxLength ? line.ToString() : string.Concat(line[..MaxLength], "…");
    }
}
