namespace Aspire.Hosting.Postgres;

/// <summary>What is asked of a server. Without a volume its data goes with the run, without a password one is made up.</summary>
internal sealed record PostgresSettings(string Name, string? Volume, int Port, string? Password);
