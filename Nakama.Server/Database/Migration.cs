namespace Nakama.Server.Database;

/// <summary>One numbered change of the schema and its reversal.</summary>
/// <param name="Id">The name, with its extension, under which every server of a database records it.</param>
/// <param name="Up">The steps that apply it, in order.</param>
/// <param name="Down">The steps that revert it, in order.</param>
internal sealed record Migration(string Id, IReadOnlyList<MigrationStep> Up, IReadOnlyList<MigrationStep> Down);

/// <summary>Statements that are run together.</summary>
/// <param name="Sql">One or more statements.</param>
/// <param name="HasTransaction">False for a statement that cannot run in a transaction.</param>
/// <param name="Index">The index that a failed concurrent build leaves behind invalid; null if none is built.</param>
internal sealed record MigrationStep(string Sql, bool HasTransaction, string? Index);
