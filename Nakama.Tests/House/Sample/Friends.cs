using Nakama.Tests.House.Sample.Runtime;

// A house with mistakes, for the test of the test.
#pragma warning disable IDE0051, IDE0052, CA1823, CS0169, CA1812
namespace Nakama.Tests.House.Sample.Friends
{
    internal sealed class FriendStore(ScriptRunner runner)
    {
        private readonly ScriptRunner _runner = runner;

        public override string ToString() => $"{_runner}";
    }

    internal static class FriendCalls
    {
        public static async Task<int> CountAsync()
        {
            await Task.Yield();
            return ScriptRunner.Count();
        }
    }

    internal static class FriendNames
    {
        public static string Name() => typeof(ScriptRunner).Name;
    }

    internal sealed class FriendCursor
    {
        public int Position { get; set; }
    }
}

namespace Nakama.Tests.House.Sample.Runtime
{
    internal sealed class ScriptRunner
    {
        public static int Count() => 0;
    }

    internal sealed class MayKnowFriends
    {
        public Friends.FriendCursor Cursor { get; } = new();
    }
}

namespace Nakama.Tests.House.Sample.Attic
{
    internal sealed class Chest;
}
