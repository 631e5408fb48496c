namespace Nakama.Lua.Library;

internal static class MathLibrary
{
    public static LuaTable Create()
    {
        var library = new LuaTable(0, 32);
        library["pi"] = Math.PI;
        library["huge"] = double.MaxValue;
        Function(library, "abs", Math.Abs);
        Function(library, "acos", Math.Acos);
        Function(library, "asin", Math.Asin);
        Function(library, "atan", Math.Atan);
        Function(library, "ceil", Math.Ceiling);
        Function(library, "cos", Math.Cos);
        Function(library, "cosh", Math.Cosh);
        Function(library, "deg", static value => value * 180 / Math.PI);
        Function(library, "exp", Math.Exp);
        Function(library, "floor", Math.Floor);
        Function(library, "log", Math.Log);
        Function(library, "log10", Math.Log10);
        Function(library, "rad", static value => value * Math.PI / 180);
        Function(library, "sin", Math.Sin);
        Function(library, "sinh", Math.Sinh);
        Function(library, "sqrt", Math.Sqrt);
        Function(library, "tan", Math.Tan);
        Function(library, "tanh", Math.Tanh);
        library.Set("atan2", static call => call.Return(Math.Atan2(call.CheckNumber(1), call.CheckNumber(2))));
        library.Set("fmod", static call => call.Return(call.CheckNumber(1) % call.CheckNumber(2)));
        library.Set("mod", static call => call.Return(LuaMachine.Modulo(call.CheckNumber(1), call.CheckNumber(2))));
        library.Set("pow", static call => call.Return(Math.Pow(call.CheckNumber(1), call.CheckNumber(2))));
        library.Set("ldexp", static call => call.Return(Math.ScaleB(call.CheckNumber(1), (int)Math.Clamp(call.CheckInteger(2), -5000, 5000))));
        library.Set("frexp", Frexp);
        library.Set("modf", Modf);
        library.Set("max", static call => Best(call, static (best, value) => value > best));
        library.Set("min", static call => Best(call, static (best, value) => value < best));
        library.Set("random", Random);
        library.Set("randomseed", Seed);
        return library;
    }

    private static void Function(LuaTable library, string name, Func<double, double> function) =>
        library.Set(name, call => call.Return(function(call.CheckNumber(1))));

    private static int Frexp(LuaCall call)
    {
        var value = call.CheckNumber(1);
        if (value == 0 || !double.IsFinite(value)) return call.Return(value, 0);
        var exponent = Math.ILogB(value) + 1;
        return call.Return(Math.ScaleB(value, -exponent), exponent);
    }

    private static int Modf(LuaCall call)
    {
        var value = call.CheckNumber(1);
        var whole = Math.Truncate(value);
        return call.Return(whole, value - whole);
    }

    private static int Best(LuaCall call, Func<double, double, bool> isBetter)
    {
        if (call.Count == 0) throw call.Error("wrong number of arguments");
        var best = call.CheckNumber(1);
        for (var number = 2; number <= call.Count; number++)
        {
            var value = call.CheckNumber(number);
            if (isBetter(best, value)) best = value;
        }
        return call.Return(best);
    }

    private static int Random(LuaCall call)
    {
        var host = call.Machine.Host;
        if (call.Count == 0) return call.Return(host.NextDouble());
        var first = call.CheckInteger(1);
        var last = call.Count == 1 ? first : call.CheckInteger(2);
        if (call.Count == 1) first = 1;
        if (last < first) throw call.ArgumentError(call.Count == 1 ? 1 : 2, "interval is empty");
        return call.Return(host.NextInteger(first, last));
    }

    private static int Seed(LuaCall call)
    {
        call.Machine.Host.Seed(call.CheckInteger(1).GetHashCode());
        return 0;
    }
}
