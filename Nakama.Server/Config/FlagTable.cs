using System.Reflection;
using System.Text.Json;

namespace Nakama.Server.Config;

/// <summary>Every flag, read once from the option records: a property's place and name are the flag's name.</summary>
public static class FlagTable
{
    private static readonly Lazy<Dictionary<string, Flag>> ByNameTable =
        new(() => Read().ToDictionary(flag => flag.Name, StringComparer.Ordinal));

    public static IReadOnlyDictionary<string, Flag> ByName => ByNameTable.Value;

    /// <summary>Turns <c>ServerKey</c> into <c>server_key</c>.</summary>
    internal static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    internal static bool IsSection(PropertyInfo property) =>
        property.PropertyType.Assembly == typeof(NakamaOptions).Assembly;

    private static IEnumerable<Flag> Read() =>
        Read(typeof(NakamaOptions), "", []).Concat(Ignored());

    private static IEnumerable<Flag> Read(Type type, string prefix, PropertyInfo[] path)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite))
        {
            var name = prefix + SnakeCase(property.Name);
            PropertyInfo[] here = [.. path, property];
            if (IsSection(property))
            {
                foreach (var flag in Read(property.PropertyType, name + ".", here)) yield return flag;
            }
            else
            {
                yield return new Flag(name, KindOf(property), here);
            }
        }
    }

    private static FlagKind KindOf(PropertyInfo property) =>
        property.PropertyType == typeof(string) ? FlagKind.Text
        : property.PropertyType == typeof(int) ? FlagKind.Number
        : property.PropertyType == typeof(bool) ? FlagKind.Switch
        : property.PropertyType == typeof(IReadOnlyList<string>) ? FlagKind.List
        : throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} has a type that no flag has.");

    /// <summary>Names that the reference server takes without using them.</summary>
    private static IEnumerable<Flag> Ignored()
    {
        yield return new Flag("console.mfa.storage_encryption_key", FlagKind.Text);
        yield return new Flag("console.mfa.admin_account_enabled", FlagKind.Switch);
        yield return new Flag("google_auth.-.clientid", FlagKind.Text);
        yield return new Flag("google_auth.-.clientsecret", FlagKind.Text);
        yield return new Flag("google_auth.-.redirecturl", FlagKind.Text);
        yield return new Flag("google_auth.-.scopes", FlagKind.List);
        yield return new Flag("google_auth.-.endpoint.authurl", FlagKind.Text);
        yield return new Flag("google_auth.-.endpoint.deviceauthurl", FlagKind.Text);
        yield return new Flag("google_auth.-.endpoint.tokenurl", FlagKind.Text);
        yield return new Flag("google_auth.-.endpoint.authstyle", FlagKind.Number);
    }
}
