namespace Nakama.Console.Shell;

/// <summary>How the operator wants the console to look, remembered in cookies so that the first byte is already right.</summary>
internal static class Appearance
{
    private const string ThemeCookie = "console-theme";
    private const string SideCookie = "console-side";

    public static string Theme(HttpContext context) => context.Request.Cookies[ThemeCookie] == "dark" ? "dark" : "light";

    public static string Side(HttpContext context) => context.Request.Cookies[SideCookie] == "narrow" ? "narrow" : "wide";
}
