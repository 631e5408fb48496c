using System.Text;
using Acornima;
using Acornima.Ast;
using Nakama.Server.Errors;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Turns a bundle in the form of an ES module into a script: the words that export are replaced by spaces, so that positions
/// stay what they were.
/// </summary>
internal static class EcmaModules
{
    private const string InitModule = "InitModule";

    /// <summary>The script and the name of its InitModule; null if the source is no ES module either.</summary>
    /// <exception cref="StartupException">The module imports other modules.</exception>
    public static (string Source, string InitName)? ToScript(string source, string name)
    {
        Module module;
        try
        {
            module = new Parser(new ParserOptions { AllowHashBang = true }).ParseModule(source, name);
        }
        catch (ParseErrorException)
        {
            return null;
        }

        var text = new StringBuilder(source);
        var initName = InitModule;
        var hasExports = false;
        foreach (var statement in module.Body)
        {
            switch (statement)
            {
                case ImportDeclaration or ExportAllDeclaration or ExportNamedDeclaration { Source: not null }:
                    throw new StartupException(
                        $"{name}:{statement.Location.Start.Line}: modules cannot import other modules. Bundle the module into one file.");
                case ExportNamedDeclaration export:
                    hasExports = true;
                    Blank(text, export.Start, export.Declaration?.Start ?? export.End);
                    foreach (var specifier in export.Specifiers)
                    {
                        if (NameOf(specifier.Exported) == InitModule) initName = NameOf(specifier.Local) ?? initName;
                    }

                    break;
                case ExportDefaultDeclaration export:
                    hasExports = true;
                    var isStatement = export.Declaration is FunctionDeclaration { Id: not null } or ClassDeclaration { Id: not null };
                    if (isStatement) Blank(text, export.Start, export.Declaration.Start);
                    else if (export.Declaration is Identifier or ObjectExpression) Blank(text, export.Start, export.End);
                    else throw new StartupException($"{name}:{statement.Location.Start.Line}: a default export needs a name here; export InitModule by name.");
                    break;
            }
        }

        return hasExports ? (text.ToString(), initName) : null;
    }

    private static string? NameOf(Expression expression) => (expression as Identifier)?.Name ?? (expression as StringLiteral)?.Value;

    private static void Blank(StringBuilder text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] is not ('\n' or '\r')) text[i] = ' ';
        }
    }
}
