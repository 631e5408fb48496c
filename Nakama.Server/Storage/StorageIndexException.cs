using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

/// <summary>Why an index could not be made or asked; game logic is told the message.</summary>
public sealed class StorageIndexException(string message) : ApiException(StatusCode.InvalidArgument, message);
