namespace Nakama.Console.Shell;

/// <summary>The operator's display settings, stored in cookies so that the first response already uses them.</summary>
internal static class Appearance
{
    private const string ThemeCookie = "console-theme";
    private const string SideCookie = "console-side";

    public static string Theme(HttpContext context) => context.Request.Cookies[ThemeCookie] == "dark" ? "dark" : "light";

    public static string Side(HttpContext context) => context.Request.Cookies[SideCookie] == "narrow" ? "narrow" : "wide";
}
