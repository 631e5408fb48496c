using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Settings;

/// <summary>The templates that a form offers; none for operators that may not see them.</summary>
internal static class TemplateChoice
{
    public static async Task<IReadOnlyList<AclTemplate>> LoadAsync(OperatorsClient operators)
    {
        try
        {
            return (await operators.ListTemplatesAsync(CancellationToken.None)).Templates;
        }
        catch (NodeException)
        {
            return [];
        }
    }
}
