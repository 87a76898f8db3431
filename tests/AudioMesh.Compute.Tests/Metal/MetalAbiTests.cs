// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using AudioMesh.Compute.Metal;
using AudioMesh.Testing;

namespace AudioMesh.Compute.Tests.Metal;

/// <summary>Messages and numbers against <c>bindings/abi/metal-abi.json</c>, recorded from Apple's headers.</summary>
internal sealed partial class MetalAbiTests
{
    private const string EveryEncoder = "MTLCommandEncoder";
    private static readonly JsonElement Record = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("bindings", "abi", "metal-abi.json"))).RootElement;
    private static readonly Assembly Compute = typeof(MetalDevice).Assembly;

    private static IEnumerable<MethodInfo> Messages => Compute.GetTypes()
        .Where(type => type.Namespace == "AudioMesh.Compute.Metal.Interop" && type.Name.StartsWith("MTL", StringComparison.Ordinal) && type.IsClass)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static IEnumerable<object[]> RecordedMethods =>
        from protocol in Record.GetProperty("protocols").EnumerateObject()
        from method in protocol.Value.EnumerateObject()
        select new object[] { protocol.Name, method.Name[1..], method.Value.GetProperty("encoding").GetString()! };

    [TestCaseSource(nameof(Messages))]
    public void Messages_are_sent_in_the_shape_that_Apple_records(MethodInfo message)
    {
        string encoding = EncodingOf(message.DeclaringType!.Name, message.Name.Replace('_', ':'));
        string[] recorded = [.. Types().Matches(encoding).Select(match => match.Value)];
        Type[] ours = [message.ReturnType, .. message.GetParameters().Select(parameter => parameter.ParameterType)];
        Assert.That(ours.Length, Is.EqualTo(recorded.Length - 1), "how many arguments, the selector being ours to add");
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.That(Fits(ours[i], recorded[i < 2 ? i : i + 1]), $"{ours[i]} for {recorded[i < 2 ? i : i + 1]} in {encoding}");
        }
    }

    [Test]
    public void The_record_has_no_message_that_is_not_sent() => Assert.That(
        RecordedMethods.Select(method => (string)method[1]), Is.EquivalentTo(Messages.Select(message => message.Name.Replace('_', ':'))));

    [TestCaseSource(nameof(RecordedMethods))]
    public void The_fake_has_the_method_as_Apple_records_it(string protocol, string selector, string encoding)
    {
        string fakes = protocol == EveryEncoder ? "MTLComputeCommandEncoder" : protocol;
        Assert.That(FakeMetal.Instance.Encoding(fakes, selector), Is.EqualTo(encoding.Replace("@?", "^v", StringComparison.Ordinal)), "a block is a pointer to GNU's compiler");
    }

    [Test]
    public void Numbers_are_the_recorded_ones()
    {
        Type framework = Compute.GetType("AudioMesh.Compute.Metal.Interop.MetalFramework")!;
        FieldInfo[] constants = [.. framework.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.Name.StartsWith("MTL", StringComparison.Ordinal))];
        Assert.That(constants, Is.Not.Empty);
        foreach (FieldInfo constant in constants)
        {
            Assert.That(Convert.ToInt64(constant.GetRawConstantValue()), Is.EqualTo(Number(constant.Name)), constant.Name);
        }
    }

    [Test]
    public void The_fakes_numbers_are_the_recorded_ones()
    {
        string header = File.ReadAllText(Repository.PathOf("native", "fakes", "metal", "metal.h"));
        Match[] numbers = Numbers().Matches(header).ToArray();
        Assert.That(numbers, Is.Not.Empty);
        foreach (Match number in numbers)
        {
            Assert.That(long.Parse(number.Groups[2].Value), Is.EqualTo(Number(number.Groups[1].Value)), number.Value);
        }
    }

    [Test]
    public void MTLSize_is_laid_out_as_recorded()
    {
        Type size = Compute.GetType("AudioMesh.Compute.Metal.Interop.MTLSize")!;
        JsonElement recorded = Record.GetProperty("structs").GetProperty("MTLSize");
        Assert.That(Marshal.SizeOf(size), Is.EqualTo(recorded.GetProperty("size").GetInt32()));
        foreach (JsonProperty field in recorded.GetProperty("fields").EnumerateObject())
        {
            Assert.That((int)Marshal.OffsetOf(size, $"_{field.Name}"), Is.EqualTo(field.Value.GetInt32()), field.Name);
        }
    }

    private static string EncodingOf(string type, string selector)
    {
        JsonElement protocols = Record.GetProperty("protocols");
        JsonElement protocol = protocols.GetProperty(type);
        JsonElement method = protocol.TryGetProperty($"-{selector}", out JsonElement own) ? own : protocols.GetProperty(EveryEncoder).GetProperty($"-{selector}");
        return method.GetProperty("encoding").GetString()!;
    }

    private static long Number(string name) => Record.GetProperty("enums").GetProperty(name).GetInt64();

    private static bool Fits(Type type, string encoded) => encoded switch
    {
        "@" => type == typeof(nint),
        "Q" => type == typeof(nuint),
        "q" => type == typeof(long),
        "B" => type == typeof(bool),
        "v" => type == typeof(void),
        "^@" => type == typeof(nint*),
        "^Q" => type == typeof(ulong*),
        "^v" or "@?" => type.IsPointer,
        "{?=QQQ}" => type.Name == "MTLSize",
        _ => false,
    };

    /// <summary>The types of an encoding, each followed by its offset; of the first, by the size of all.</summary>
    [GeneratedRegex(@"r?(\^[@Qv]|@\?|\{[^}]*\}|[@:QqBv])(?=\d)")]
    private static partial Regex Types();

    [GeneratedRegex(@"^\s*(MTL\w+) = (\d+),$", RegexOptions.Multiline)]
    private static partial Regex Numbers();
}
