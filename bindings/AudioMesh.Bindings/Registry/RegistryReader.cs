// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using AudioMesh.Bindings.Model;

namespace AudioMesh.Bindings.Registry;

/// <summary>Reads what an allow-list names out of a registry: its functions, by who looks them up, and every type that they need.</summary>
internal sealed class RegistryReader
{
    /// <summary>What is looked up for an instance though its first argument says otherwise.</summary>
    private const string DeviceLookup = "vkGetDeviceProcAddr";
    private const string InstanceLookup = "vkGetInstanceProcAddr";

    private static readonly string[] OfDevice = ["VkDevice", "VkQueue", "VkCommandBuffer"];
    private static readonly string[] OfInstance = ["VkInstance", "VkPhysicalDevice"];

    private readonly AllowList _allowList;
    private readonly RegistryFile _registry;
    private readonly RegistryTypes _types;

    private RegistryReader(AllowList allowList)
    {
        _allowList = allowList;
        _registry = RegistryFile.Open(allowList);
        _types = new RegistryTypes(_registry, new RegistryValues(_registry, allowList));
    }

    public static LibraryModel Read(AllowList allowList)
    {
        try
        {
            return new RegistryReader(allowList).Read();
        }
        catch (BindingsException e)
        {
            throw new BindingsException($"{allowList.Name}: {e.Message}");
        }
    }

    private LibraryModel Read()
    {
        ILookup<Level, CFunction> functions = _allowList.Functions.Values.SelectMany(names => names).ToLookup(LevelOf, ReadCommand);
        foreach (string name in _allowList.Structs)
        {
            _ = _types.Use(name);
        }

        return new LibraryModel([.. functions[Level.Library]], [], _types.Structs, [], _types.Enums, ReadConstants())
        {
            Handles = _types.Handles,
            Commands = new Dictionary<string, IReadOnlyList<CFunction>>
            {
                ["VkInstanceCommands"] = [.. functions[Level.Instance]],
                ["VkDeviceCommands"] = [.. functions[Level.Device]],
            },
        };
    }

    private Level LevelOf(string name)
    {
        string first = Declaration(name).Elements("param").First().Element("type")!.Value;
        return name == DeviceLookup ? Level.Instance
            : name == InstanceLookup ? Level.Library
            : OfDevice.Contains(first) ? Level.Device
            : OfInstance.Contains(first) ? Level.Instance
            : Level.Library;
    }

    private XElement Declaration(string name)
    {
        XElement command = _registry.Command(name);
        return (string?)command.Attribute("alias") is string first
            ? throw new BindingsException($"'{name}' is a second name of '{first}': list that")
            : command;
    }

    private CFunction ReadCommand(string name)
    {
        XElement command = Declaration(name);
        IEnumerable<CParameter> parameters = command.Elements("param").Where(RegistryFile.IsForVulkan)
            .Select(RegistryDeclaration.Read)
            .Select(parameter => new CParameter(parameter.Name, _types.Map(parameter)));
        string result = _types.Map(RegistryDeclaration.Read(command.Element("proto")!));
        return new CFunction(name, result, [.. parameters], IsVariadic: false) { Aliases = Aliases(name) };
    }

    /// <summary>The second names that the listed extensions give a command.</summary>
    private IReadOnlyList<string> Aliases(string name)
    {
        HashSet<string> listed = [.. _allowList.Extensions.Select(_registry.Extension).Elements("require").Elements("command")
            .Select(command => (string)command.Attribute("name")!)];
        return [.. _registry.Commands.Where(item => (string?)item.Value.Attribute("alias") == name && listed.Contains(item.Key)).Select(item => item.Key)];
    }

    /// <summary>The names of the extensions.</summary>
    private IReadOnlyList<CConstant> ReadConstants() =>
        [.. _allowList.Extensions.Select(_registry.Extension).Elements("require").Elements("enum")
            .Where(item => ((string)item.Attribute("name")!).EndsWith("_EXTENSION_NAME", StringComparison.Ordinal) && item.Attribute("alias") is null)
            .Select(item => new CConstant((string)item.Attribute("name")!, "string", ((string)item.Attribute("value")!).Trim('"')))];

    private enum Level
    {
        Library,
        Instance,
        Device,
    }
}
