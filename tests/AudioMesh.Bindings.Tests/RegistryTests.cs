// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;

namespace AudioMesh.Bindings.Tests;

/// <summary>What the generator makes of a registry.</summary>
public sealed class RegistryTests
{
    private const string Registry = """
        <registry>
          <types>
            <type category="basetype">typedef <type>uint32_t</type> <name>VkFlags</name>;</type>
            <type category="handle"><type>VK_DEFINE_HANDLE</type>(<name>VkInstance</name>)</type>
            <type category="handle"><type>VK_DEFINE_HANDLE</type>(<name>VkDevice</name>)</type>
            <type category="handle"><type>VK_DEFINE_NON_DISPATCHABLE_HANDLE</type>(<name>VkThing</name>)</type>
            <type category="enum" name="VkStructureType"/>
            <type category="enum" name="VkResult"/>
            <type category="enum" name="VkUseFlagBits"/>
            <type category="bitmask" requires="VkUseFlagBits">typedef <type>VkFlags</type> <name>VkUseFlags</name>;</type>
            <type category="bitmask">typedef <type>VkFlags</type> <name>VkNoFlags</name>;</type>
            <type category="funcpointer">typedef void (*<name>PFN_vkCalled</name>)(void);</type>
            <type category="struct" name="VkInfo">
              <member values="VK_STRUCTURE_TYPE_INFO"><type>VkStructureType</type> <name>sType</name></member>
              <member>const <type>void</type>* <name>pNext</name></member>
              <member><type>VkUseFlags</type> <name>use</name></member>
              <member><type>VkNoFlags</type> <name>flags</name></member>
              <member><type>uint8_t</type> <name>id</name>[<enum>VK_ID_SIZE</enum>]</member>
              <member>const <type>char</type>* const* <name>names</name></member>
              <member><type>PFN_vkCalled</type> <name>called</name></member>
              <member><type>VkInner</type> <name>inner</name>[2]</member>
              <member api="vulkansc"><type>uint32_t</type> <name>elsewhere</name></member>
            </type>
            <type category="struct" name="VkInner">
              <member><type>uint8_t</type> <name>small</name></member>
              <member><type>VkThing</type> <name>thing</name></member>
            </type>
          </types>
          <enums name="API Constants"><enum name="VK_ID_SIZE" value="3"/></enums>
          <enums name="VkStructureType" type="enum"><enum name="VK_STRUCTURE_TYPE_INFO" value="4"/><enum name="VK_STRUCTURE_TYPE_UNUSED" value="5"/></enums>
          <enums name="VkResult" type="enum"><enum name="VK_SUCCESS" value="0"/></enums>
          <enums name="VkUseFlagBits" type="bitmask"><enum name="VK_USE_A_BIT" bitpos="0"/><enum name="VK_USE_B_BIT" bitpos="5"/></enums>
          <commands>
            <command><proto><type>VkResult</type> <name>vkMake</name></proto>
              <param>const <type>VkInfo</type>* <name>pInfo</name></param><param><type>VkInstance</type>* <name>pInstance</name></param></command>
            <command><proto><type>void</type> <name>vkUseInstance</name></proto><param><type>VkInstance</type> <name>instance</name></param></command>
            <command><proto><type>void</type> <name>vkUseDevice</name></proto>
              <param><type>VkDevice</type> <name>device</name></param><param>const <type>float</type> <name>four</name>[4]</param></command>
            <command name="vkUseDeviceEXT" alias="vkUseDevice"/>
          </commands>
          <feature api="vulkan" name="VK_VERSION_1_1" number="1.1">
            <require><enum extends="VkResult" extnumber="70" offset="2" dir="-" name="VK_ERROR_OF_1_1"/></require>
          </feature>
          <feature api="vulkansc" name="VKSC_VERSION_1_0" number="1.0"><require><enum extends="VkResult" value="99" name="VK_ELSEWHERE"/></require></feature>
          <extensions>
            <extension name="VK_EXT_listed" number="42"><require>
              <enum value="&quot;VK_EXT_listed&quot;" name="VK_EXT_LISTED_EXTENSION_NAME"/>
              <enum extends="VkResult" offset="1" name="VK_LISTED_EXT"/>
              <command name="vkUseDeviceEXT"/></require></extension>
            <extension name="VK_EXT_other" number="43"><require><enum extends="VkResult" offset="1" name="VK_OTHER_EXT"/></require></extension>
          </extensions>
        </registry>
        """;

    private Scratch _scratch = null!;

    [SetUp]
    public void MakeScratch() => _scratch = new Scratch();

    [TearDown]
    public void RemoveScratch() => _scratch.Dispose();

    [Test]
    public void Structs_get_what_C_would_give_them()
    {
        string text = Generate("vkMake");
        Assert.That(text, Does.Contain("internal const VkStructureType Tag = VkStructureType.VK_STRUCTURE_TYPE_INFO;"));
        Assert.That(text, Does.Contain("internal VkUseFlagBits use;"));
        Assert.That(text, Does.Contain("internal uint flags;"));
        Assert.That(text, Does.Contain("internal fixed byte id[3];"));
        Assert.That(text, Does.Contain("internal byte** names;"));
        Assert.That(text, Does.Contain("internal void* called;"));
        Assert.That(text, Does.Contain("internal inner_array inner;"));
        Assert.That(text, Does.Not.Contain("elsewhere"));
        Assert.That(text, Does.Not.Contain("LayoutKind.Explicit"));
    }

    [Test]
    public void Handles_have_types_of_their_own()
    {
        string text = Generate("vkMake", "vkUseDevice");
        Assert.That(text, Does.Contain("internal readonly struct VkDevice\n{\n    private readonly nint _value;"));
        Assert.That(text, Does.Contain("internal readonly struct VkThing\n{\n    private readonly ulong _value;"));
    }

    [Test]
    public void Values_come_from_all_versions_and_the_listed_extensions()
    {
        string text = Generate("vkMake");
        Assert.That(text, Does.Contain("VK_ERROR_OF_1_1 = -1000069002,"));
        Assert.That(text, Does.Contain("VK_LISTED_EXT = 1000041001,"));
        Assert.That(text, Does.Contain("VK_USE_B_BIT = 32,").And.Contains("[Flags]\ninternal enum VkUseFlagBits : uint"));
        Assert.That(text, Does.Not.Contain("VK_OTHER_EXT").And.Not.Contain("VK_ELSEWHERE"));
        Assert.That(text, Does.Not.Contain("VK_STRUCTURE_TYPE_UNUSED"));
        Assert.That(text, Does.Contain("VK_EXT_LISTED_EXTENSION_NAME => \"VK_EXT_listed\"u8;"));
    }

    [Test]
    public void Functions_are_looked_up_by_what_they_are_called_with_and_under_every_name()
    {
        string text = Generate("vkMake", "vkUseInstance", "vkUseDevice");
        Assert.That(text, Does.Contain("libscratch.Required(\"vkMake\")"));
        int instance = text.IndexOf("class VkInstanceCommands", StringComparison.Ordinal);
        int device = text.IndexOf("class VkDeviceCommands", StringComparison.Ordinal);
        Assert.That(text.IndexOf("lookup.Required(\"vkUseInstance\")", StringComparison.Ordinal), Is.InRange(instance, device));
        Assert.That(text[device..], Does.Contain("lookup.Required(\"vkUseDevice\", \"vkUseDeviceEXT\")"));
        Assert.That(text[device..], Does.Contain("delegate* unmanaged[Cdecl]<VkDevice, float*, void> vkUseDevice;"));
    }

    [TestCase("vkUseDeviceEXT", "second name of 'vkUseDevice'")]
    [TestCase("vkNoSuch", "vkNoSuch")]
    public void A_name_that_is_not_a_function_fails_and_is_named(string name, string message) =>
        Assert.That(Assert.Throws<BindingsException>(() => Generate(name))!.Message, Does.Contain(message));

    private string Generate(params string[] functions)
    {
        string path = Path.Combine(_scratch.Directory, "vk.xml");
        File.WriteAllText(path, Registry);
        JsonObject allowList = new()
        {
            ["class"] = "LibScratch",
            ["headers"] = new JsonArray(),
            ["includeRoots"] = new JsonArray(),
            ["registry"] = new JsonArray(path),
            ["extensions"] = new JsonArray("VK_EXT_listed"),
            ["functions"] = new JsonObject { ["libscratch"] = new JsonArray([.. functions.Select(name => JsonValue.Create(name))]) },
        };
        return string.Concat(Generator.Generate(_scratch.Load(allowList.ToJsonString()), _scratch.Directory).Values);
    }
}
