using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.Functions;

/// <summary>A value of a module cannot be converted; the message is for the module's author.</summary>
public sealed class ScriptValueException(string message) : ApiException(StatusCode.InvalidArgument, message);
