using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Jint;
using Jint.Native;
using Jint.Native.Object;

namespace Nakama.Server.Runtime.JavaScript;

/// <summary>
/// Estimates the memory of everything that a script can still reach in its engine: globals, what closures hold, the state of a
/// match, and the built-ins. The code of the script, which all engines share, does not count.
/// </summary>
internal static class RetainedMemory
{
    private const int HeaderBytes = 16;
    private const int ArrayHeaderBytes = 24;
    private const int ReferenceBytes = 8;
    private const int WeakEntryBytes = 32;

    private static readonly Assembly[] Walked =
        [typeof(Engine).Assembly, typeof(object).Assembly, typeof(Stack<>).Assembly, typeof(HashSet<>).Assembly, typeof(BigInteger).Assembly];

    private static readonly ConcurrentDictionary<Type, Layout> Layouts = new();

    /// <summary>The estimate in bytes; counting ends soon after the limit.</summary>
    /// <param name="limit">The bytes of interest.</param>
    /// <param name="roots">The engine, and what the server holds of its values; null for nothing.</param>
    public static long Of(long limit, params ReadOnlySpan<object?> roots)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>();
        foreach (var root in roots) Add(root, open, seen);
        var total = 0L;
        while (total <= limit && open.TryPop(out var next))
        {
            total += next switch
            {
                string text => HeaderBytes + 4 + (2L * text.Length),
                ConditionalWeakTable<JsValue, JsValue> table => HeaderBytes + ((long)WeakEntryBytes * table.Count()),
                Array array => ArrayHeaderBytes + ((long)array.Length * LayoutOf(array.GetType().GetElementType()!).InlineBytes),
                _ => HeaderBytes + LayoutOf(next.GetType()).Bytes,
            };
            if (total <= limit) Visit(next, open, seen);
        }

        return total;
    }

    private static void Visit(object value, Stack<object> open, HashSet<object> seen)
    {
        if (value is string) return;
        if (value is ConditionalWeakTable<JsValue, JsValue> table)
        {
            foreach (var (_, held) in table) Add(held, open, seen);
            return;
        }

        if (value is Array array)
        {
            if (!LayoutOf(array.GetType().GetElementType()!).HoldsReferences) return;
            foreach (var item in array) Add(item, open, seen);
            return;
        }

        foreach (var field in LayoutOf(value.GetType()).References) Add(field.GetValue(value), open, seen);
    }

    private static void Add(object? value, Stack<object> open, HashSet<object> seen)
    {
        if (value is null) return;
        // A value within another object has no identity of its own and is counted there.
        if (value is ValueType) Visit(value, open, seen);
        else if (!LayoutOf(value.GetType()).IsSkipped && seen.Add(value)) open.Push(value);
    }

    private static Layout LayoutOf(Type type) => Layouts.GetOrAdd(type, static type => Read(type));

    private static Layout Read(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer) return new(ReferenceBytes, InlineBytesOf(type), [], IsSkipped: false, HoldsReferences: false);
        if (type == typeof(string) || type.IsArray) return new(0, ReferenceBytes, [], IsSkipped: false, HoldsReferences: true);
        if (type == typeof(ConditionalWeakTable<JsValue, JsValue>)) return new(0, ReferenceBytes, [], IsSkipped: false, HoldsReferences: true);
        if (IsSkipped(type)) return new(0, ReferenceBytes, [], IsSkipped: true, HoldsReferences: !type.IsValueType);
        var (bytes, references) = (0, new List<FieldInfo>());
        for (var declaring = type; declaring is not null && declaring != typeof(object); declaring = declaring.BaseType)
        {
            foreach (var field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                bytes += InlineBytesOf(field.FieldType);
                if (MayHoldReferences(field.FieldType)) references.Add(field);
            }
        }

        return new(bytes, type.IsValueType ? bytes : ReferenceBytes, [.. references], IsSkipped: false, !type.IsValueType || references.Count > 0);
    }

    private static bool IsSkipped(Type type) =>
        // Objects of the server's own, such as loggers, can hold what a script adds to them.
        (!Walked.Contains(type.Assembly) && !typeof(ObjectInstance).IsAssignableFrom(type))
        || type == typeof(Options)
        || typeof(Delegate).IsAssignableFrom(type) || typeof(MemberInfo).IsAssignableFrom(type) || typeof(Task).IsAssignableFrom(type)
        || type.Namespace is { } name && (name.StartsWith("Jint.Runtime.Interpreter", StringComparison.Ordinal)
            || name is "System.Globalization" or "System.Threading" or "System.Runtime.CompilerServices" or "System.Reflection");

    private static bool MayHoldReferences(Type type)
    {
        if (type.IsByRefLike || type.IsPointer || type.IsPrimitive || type.IsEnum) return false;
        return !type.IsValueType || LayoutOf(type).References.Length > 0;
    }

    private static int InlineBytesOf(Type type)
    {
        if (type.IsEnum) return 4;
        if (type.IsPrimitive)
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
                TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
                TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
                _ => 8,
            };
        }

        return type is { IsValueType: true, IsByRefLike: false } ? LayoutOf(type).InlineBytes : ReferenceBytes;
    }

    /// <param name="Bytes">The fields of an object, without its header.</param>
    /// <param name="InlineBytes">What a field or an element of this type takes.</param>
    /// <param name="References">The fields that may lead to other objects.</param>
    /// <param name="IsSkipped">Whether objects of this type belong to the server or to the code, and not to the script's values.</param>
    /// <param name="HoldsReferences">Whether an element of this type may lead to other objects.</param>
    private sealed record Layout(int Bytes, int InlineBytes, FieldInfo[] References, bool IsSkipped, bool HoldsReferences);
}
