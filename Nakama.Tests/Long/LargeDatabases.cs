namespace Nakama.Tests.Long;

/// <summary>The tests with a large database, one after the other.</summary>
[CollectionDefinition(nameof(LargeDatabase), DisableParallelization = true)]
public sealed class LargeDatabases : ICollectionFixture<LargeDatabase>;
