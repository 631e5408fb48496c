using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

/// <summary>An object changed between the snapshot of a statement and its execution; the same work may be retried.</summary>
internal sealed class StorageChangedException() : ApiException(StatusCode.Aborted, "The object has changed.");
