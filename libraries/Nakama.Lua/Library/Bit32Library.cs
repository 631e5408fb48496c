using System.Numerics;

namespace Nakama.Lua.Library;

/// <summary>Bitwise operations on numbers between zero and 2^32.</summary>
internal static class Bit32Library
{
    public static LuaTable Create()
    {
        var library = new LuaTable(0, 12);
        library.Set("arshift", static call => call.Return(ShiftArithmetically(Bits(call, 1), call.CheckInt32(2))));
        library.Set("band", static call => call.Return(And(call)));
        library.Set("bnot", static call => call.Return(~Bits(call, 1)));
        library.Set("bor", static call => call.Return(Fold(call, 0, static (all, next) => all | next)));
        library.Set("btest", static call => call.Return(And(call) != 0));
        library.Set("bxor", static call => call.Return(Fold(call, 0, static (all, next) => all ^ next)));
        library.Set("extract", Extract);
        library.Set("lrotate", static call => call.Return(BitOperations.RotateLeft(Bits(call, 1), call.CheckInt32(2))));
        library.Set("lshift", static call => call.Return(Shift(Bits(call, 1), call.CheckInt32(2))));
        library.Set("replace", Replace);
        library.Set("rrotate", static call => call.Return(BitOperations.RotateRight(Bits(call, 1), call.CheckInt32(2))));
        library.Set("rshift", static call => call.Return(Shift(Bits(call, 1), -Math.Max(call.CheckInt32(2), -int.MaxValue))));
        return library;
    }

    private static uint Bits(LuaCall call, int number) => unchecked((uint)call.CheckInteger(number));

    private static uint And(LuaCall call) => Fold(call, uint.MaxValue, static (all, next) => all & next);

    private static uint Fold(LuaCall call, uint all, Func<uint, uint, uint> join)
    {
        for (var number = 1; number <= call.Count; number++) all = join(all, Bits(call, number));
        return all;
    }

    /// <summary>Shifts to the left, or to the right by a negative distance.</summary>
    private static uint Shift(uint bits, int distance) =>
        distance is >= 32 or <= -32 ? 0 : distance >= 0 ? bits << distance : bits >> -distance;

    private static uint ShiftArithmetically(uint bits, int distance) =>
        distance < 0 ? Shift(bits, -Math.Max(distance, -int.MaxValue)) : (uint)((int)bits >> Math.Min(distance, 31));

    private static int Extract(LuaCall call)
    {
        var bits = Bits(call, 1);
        var (field, mask) = Field(call, 2);
        return call.Return((bits >> field) & mask);
    }

    private static int Replace(LuaCall call)
    {
        var (bits, value) = (Bits(call, 1), Bits(call, 2));
        var (field, mask) = Field(call, 3);
        return call.Return((bits & ~(mask << field)) | ((value & mask) << field));
    }

    private static (int Field, uint Mask) Field(LuaCall call, int number)
    {
        var field = call.CheckInteger(number);
        var width = call.OptionalInteger(number + 1, 1);
        if (field < 0 || width <= 0 || field > 32 || width > 32 || field + width > 32) throw call.Error("trying to access non-existent bits");
        return ((int)field, width == 32 ? uint.MaxValue : (1u << (int)width) - 1);
    }
}
