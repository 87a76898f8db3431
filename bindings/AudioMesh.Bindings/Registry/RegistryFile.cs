// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace AudioMesh.Bindings.Registry;

/// <summary>Khronos's registry of an interface, <c>vk.xml</c>, by names. What is for other interfaces than Vulkan itself is left out.</summary>
internal sealed class RegistryFile
{
    private readonly string _path;
    private readonly Dictionary<string, XElement> _types = [];
    private readonly Dictionary<string, XElement> _commands = [];
    private readonly Dictionary<string, XElement> _extensions = [];

    private RegistryFile(string path)
    {
        _path = path;
        XElement root = XDocument.Load(path).Root!;
        foreach (XElement type in root.Elements("types").Elements("type").Where(IsForVulkan))
        {
            _types.TryAdd(NameOf(type), type);
        }

        foreach (XElement command in root.Elements("commands").Elements("command").Where(IsForVulkan))
        {
            _commands.TryAdd((string?)command.Attribute("name") ?? command.Element("proto")!.Element("name")!.Value, command);
        }

        foreach (XElement extension in root.Elements("extensions").Elements("extension"))
        {
            _extensions.TryAdd((string)extension.Attribute("name")!, extension);
        }

        Enums = [.. root.Elements("enums").Where(IsForVulkan)];
        Features = [.. root.Elements("feature").Where(IsForVulkan)];
    }

    /// <summary>The blocks of values.</summary>
    public IReadOnlyList<XElement> Enums { get; }

    /// <summary>The versions of the interface, oldest first.</summary>
    public IReadOnlyList<XElement> Features { get; }

    /// <summary>The commands, those that are another's second name included.</summary>
    public IEnumerable<KeyValuePair<string, XElement>> Commands => _commands;

    /// <summary>Opens the first registry of an allow-list that is there.</summary>
    public static RegistryFile Open(AllowList allowList) => new(TryFind(allowList) ?? throw new BindingsException(NotFound(allowList)));

    public static string? TryFind(AllowList allowList) => allowList.Registry.FirstOrDefault(File.Exists);

    public static string NotFound(AllowList allowList) => $"{allowList.Name}: no registry {string.Join(", ", allowList.Registry)}";

    /// <summary>The declaration of a type, that of its first name where it has several.</summary>
    public XElement Type(string name)
    {
        XElement type = _types.GetValueOrDefault(name) ?? throw Unknown("type", name);
        return (string?)type.Attribute("alias") is string first ? Type(first) : type;
    }

    public XElement Command(string name) => _commands.GetValueOrDefault(name) ?? throw Unknown("command", name);

    public XElement Extension(string name) => _extensions.GetValueOrDefault(name) ?? throw Unknown("extension", name);

    public static string NameOf(XElement type) => (string?)type.Attribute("name") ?? type.Element("name")!.Value;

    public static bool IsForVulkan(XElement element) =>
        (string?)element.Attribute("api") is not string api || api.Split(',').Contains("vulkan");

    private BindingsException Unknown(string what, string name) => new($"no {what} '{name}' in {_path}");
}
