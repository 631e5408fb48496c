using Nakama.Server.Wire.Console;

namespace Nakama.Server.ConsoleApi;

/// <summary>What the audit log says about one method.</summary>
/// <param name="HasMetadata">Whether the request is kept with it.</param>
internal sealed record AuditRule(AuditLogAction Action, AclResources Resource, string Message, bool HasMetadata = true);
