using System.Reflection;
using System.Reflection.Emit;

namespace Auth.Specs.Given;

/// <summary>Who calls whom, read from compiled code.</summary>
public static class Calls
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Everything that this method calls.</summary>
    public static IEnumerable<MethodBase> Of(MethodBase method)
    {
        var body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < body.Length;)
        {
            var code = body[at] == 0xFE ? Codes[(short)(0xFE00 | body[++at])] : Codes[body[at]];
            at++;
            if (code.OperandType is OperandType.InlineMethod) yield return method.Module.ResolveMethod(BitConverter.ToInt32(body, at), TypeArguments(method), MethodArguments(method))!;
            at += Length(code.OperandType, body, at);
        }
    }

    /// <summary>The methods of an assembly that call that one, by the type that a reader would name.</summary>
    public static IEnumerable<string> To(MethodBase called, Assembly within) =>
        within.GetTypes().SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))).Where(method => Of(method).Any(call => call.MetadataToken == called.MetadataToken && call.Module == called.Module))
            .Select(method => $"{Written(method.DeclaringType!).Name}.{method.Name}");

    private static Type Written(Type type) => type.Name.Contains('<', StringComparison.Ordinal) && type.DeclaringType is { } outer ? Written(outer) : type;

    private static Type[]? TypeArguments(MethodBase method) => method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    private static int Length(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
