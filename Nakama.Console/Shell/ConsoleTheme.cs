using MudBlazor;

namespace Nakama.Console.Shell;

/// <summary>
/// Sizes and fonts of the component library. Its colours are defined in console.css, so that the browser switches between
/// dark and light without a request.
/// </summary>
internal static class ConsoleTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5", LetterSpacing = "0" },
            Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5", LetterSpacing = "0" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "18px", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-0.01em" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = "14px", FontWeight = "550", LineHeight = "1.5", LetterSpacing = "0", TextTransform = "none" },
        },
    };
}
