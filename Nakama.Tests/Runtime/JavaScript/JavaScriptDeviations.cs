namespace Nakama.Tests.Runtime.JavaScript;

/// <summary>Recorded answers that this server gives in another way.</summary>
internal static class JavaScriptDeviations
{
    /// <summary>The same kind of error in the words of another engine.</summary>
    public static readonly HashSet<string> Wording = [];

    /// <summary>Another value, by the reason.</summary>
    public static readonly Dictionary<string, string> Values = [];
}
