namespace Nakama.Server.Rpc;

/// <summary>Header names in canonical form: <c>Content-Type</c>, whatever case the peer used.</summary>
internal static class HeaderName
{
    public static string Canonical(string name)
    {
        if (IsCanonical(name)) return name;
        return string.Create(name.Length, name, static (text, name) =>
        {
            var isFirst = true;
            for (var i = 0; i < name.Length; i++)
            {
                text[i] = isFirst ? char.ToUpperInvariant(name[i]) : char.ToLowerInvariant(name[i]);
                isFirst = name[i] == '-';
            }
        });
    }

    private static bool IsCanonical(string name)
    {
        var isFirst = true;
        foreach (var c in name)
        {
            if (isFirst ? char.IsAsciiLetterLower(c) : char.IsAsciiLetterUpper(c)) return false;
            isFirst = c == '-';
        }

        return true;
    }
}
