using Acornima.Ast;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>What the source of a bundle says about names, besides what its execution shows.</summary>
internal static class Registrations
{
    private const int InitializerIndex = 3;

    /// <summary>Names that are no members of the global object, although functions of other engines can be found by them.</summary>
    public static HashSet<string> LexicalNamesOf(Script script)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var statement in script.Body)
        {
            if (statement is ClassDeclaration { Id: { } id }) names.Add(id.Name);
            if (statement is not VariableDeclaration { Kind: not VariableDeclarationKind.Var } variables) continue;
            foreach (var variable in variables.Declarations)
            {
                if (variable.Id is Identifier name) names.Add(name.Name);
            }
        }

        return names;
    }

    /// <summary>
    /// For compatibility, <c>initializer.registerRpc("id", X.name)</c> directly in InitModule registers the global called
    /// <c>name</c>, if there is one.
    /// </summary>
    public static Dictionary<string, string> MemberNamesOf(Script script, string initName)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var statement in script.Body)
        {
            var init = statement switch
            {
                FunctionDeclaration function when function.Id?.Name == initName => function,
                VariableDeclaration variables => variables.Declarations.FirstOrDefault(
                    variable => variable.Id is Identifier id && id.Name == initName)?.Init as IFunction,
                _ => null,
            };
            if (init is null || init.Params.Count <= InitializerIndex || init.Body is not FunctionBody body) continue;
            var initializer = init.Params[InitializerIndex] switch
            {
                Identifier id => id.Name,
                AssignmentPattern { Left: Identifier id } => id.Name,
                _ => null,
            };
            if (initializer is not null) Collect(body.Body, initializer, names);
        }

        return names;
    }

    private static void Collect(in NodeList<Statement> statements, string initializer, Dictionary<string, string> names)
    {
        foreach (var statement in statements)
        {
            if (statement is TryStatement { Block: { } block }) Collect(block.Body, initializer, names);
            if (statement is ExpressionStatement { Expression: CallExpression { Callee: MemberExpression { Object: Identifier target } callee } call }
                && target.Name == initializer && callee.Property is Identifier { Name: "registerRpc" or "registerStorageIndexFilter" }
                && call.Arguments is [StringLiteral id, MemberExpression { Computed: false, Property: Identifier member }])
            {
                names.TryAdd(id.Value, member.Name);
            }
        }
    }
}
