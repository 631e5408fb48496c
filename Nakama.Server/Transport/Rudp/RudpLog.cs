using System.Net.Sockets;

namespace Nakama.Server.Transport.Rudp;

internal static partial class RudpLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Starting reliable UDP server for client connections on port {Port}")]
    public static partial void Listening(ILogger logger, int port);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A datagram was not sent: {Error}")]
    public static partial void NotSent(ILogger logger, SocketError error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A datagram was not received: {Error}")]
    public static partial void NotReceived(ILogger logger, SocketError error);

    [LoggerMessage(Level = LogLevel.Error, Message = "A datagram could not be dealt with")]
    public static partial void DatagramFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Datagrams could not be sent to a client")]
    public static partial void FlushFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A reliable UDP connection was refused: all places are taken")]
    public static partial void Full(ILogger logger);
}
