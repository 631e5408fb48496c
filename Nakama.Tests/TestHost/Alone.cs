namespace Nakama.Tests.TestHost;

/// <summary>Tests that measure the whole process, such as its heap: they run sequentially after all others have ended.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
