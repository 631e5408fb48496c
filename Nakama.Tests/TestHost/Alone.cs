namespace Nakama.Tests.TestHost;

/// <summary>Tests that look at the whole process, such as its heap: they run when all others have ended, one after the other.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
