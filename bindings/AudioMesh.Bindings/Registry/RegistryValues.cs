// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml.Linq;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Registry;

/// <summary>The values of a registry: those of all its versions, and of the extensions that are asked for.</summary>
internal sealed class RegistryValues
{
    /// <summary>Where the values of extensions begin, and how many each has: the Vulkan style guide, "Assigning Extension Token Values".</summary>
    private const long ExtensionBase = 1_000_000_000;
    private const long ExtensionBlock = 1_000;

    private readonly Dictionary<string, List<CEnumMember>> _members = [];
    private readonly Dictionary<string, bool> _isFlags = [];
    private readonly Dictionary<string, int> _lengths = [];

    public RegistryValues(RegistryFile registry, AllowList allowList)
    {
        foreach (XElement block in registry.Enums)
        {
            string name = (string)block.Attribute("name")!;
            string? type = (string?)block.Attribute("type");
            if (type is "enum" or "bitmask")
            {
                _isFlags[name] = type == "bitmask";
                _members[name] = [];
                Add(name, block.Elements("enum"), 0);
            }
            else
            {
                AddLengths(block);
            }
        }

        foreach (XElement feature in registry.Features)
        {
            AddExtending(feature, 0);
        }

        foreach (XElement extension in allowList.Extensions.Select(registry.Extension))
        {
            AddExtending(extension, (long)extension.Attribute("number")!);
        }
    }

    /// <summary>An enum with all its members; null where it has none.</summary>
    public CEnum? Enum(string name) => _members.GetValueOrDefault(name) is { Count: > 0 } members
        ? new CEnum(name, _isFlags[name] ? "uint" : "int", members, _isFlags[name])
        : null;

    /// <summary>An array's length, written as a number or a name.</summary>
    public int Length(string text) => int.TryParse(text, out int number) ? number
        : _lengths.TryGetValue(text, out int length) ? length
        : throw new BindingsException($"no array length '{text}' in the registry");

    private void AddLengths(XElement block)
    {
        foreach (XElement item in block.Elements("enum"))
        {
            if (int.TryParse((string?)item.Attribute("value"), out int value))
            {
                _lengths[(string)item.Attribute("name")!] = value;
            }
        }
    }

    private void AddExtending(XElement owner, long number)
    {
        foreach (IGrouping<string?, XElement> group in owner.Elements("require").Where(RegistryFile.IsForVulkan).Elements("enum")
            .Where(item => item.Attribute("extends") is not null).GroupBy(item => (string?)item.Attribute("extends")))
        {
            Add(group.Key!, group, number);
        }
    }

    private void Add(string name, IEnumerable<XElement> items, long extension)
    {
        List<CEnumMember> members = _members[name];
        foreach (XElement item in items.Where(RegistryFile.IsForVulkan).Where(item => item.Attribute("alias") is null))
        {
            CEnumMember member = new((string)item.Attribute("name")!, Value(item, extension));
            if (!members.Contains(member))
            {
                members.Add(member);
            }
        }
    }

    private static long Value(XElement item, long extension)
    {
        if ((string?)item.Attribute("value") is string value)
        {
            return value.StartsWith("0x", StringComparison.Ordinal)
                ? long.Parse(value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : long.Parse(value, CultureInfo.InvariantCulture);
        }

        if ((int?)item.Attribute("bitpos") is int bit)
        {
            return 1L << bit;
        }

        long number = (long?)item.Attribute("extnumber") ?? extension;
        long magnitude = ExtensionBase + ((number - 1) * ExtensionBlock) + (long)item.Attribute("offset")!;
        return (string?)item.Attribute("dir") == "-" ? -magnitude : magnitude;
    }
}
