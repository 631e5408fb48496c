namespace Nakama.Server.Database;

/// <summary>One numbered change of the schema and its way back.</summary>
/// <param name="Id">The name under which every server of a database records it, with its ending.</param>
/// <param name="Up">What applies it, in order.</param>
/// <param name="Down">What reverts it, in order.</param>
internal sealed record Migration(string Id, IReadOnlyList<MigrationStep> Up, IReadOnlyList<MigrationStep> Down);

/// <summary>Statements that belong together.</summary>
/// <param name="Sql">One or more statements.</param>
/// <param name="HasTransaction">False for a statement that refuses to run inside one.</param>
/// <param name="Index">The index that a concurrent build leaves behind invalid when it fails; null if none is built.</param>
internal sealed record MigrationStep(string Sql, bool HasTransaction, string? Index);
