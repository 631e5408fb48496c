using Nakama.Server.Errors;

namespace Nakama.Server.Storage;

/// <summary>An object changed between what a statement saw and what it met; the same work may run again.</summary>
internal sealed class StorageChangedException() : ApiException(StatusCode.Aborted, "The object has changed.");
