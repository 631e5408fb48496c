using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

/// <summary>An index could not be created or searched; game logic gets the message.</summary>
public sealed class StorageIndexException(string message) : ApiException(StatusCode.InvalidArgument, message);
