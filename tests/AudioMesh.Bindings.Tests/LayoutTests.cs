// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Bindings.Verify;
using AudioMesh.Interop;

namespace AudioMesh.Bindings.Tests;

public sealed class LayoutTests
{
    private static IEnumerable<string> Names => Repository.AllowListNames;

    [TestCaseSource(nameof(Names))]
    public void Structs_lie_in_memory_as_the_compiler_lays_them_out(string name)
    {
        AllowList allowList = Repository.Require(name);
        MeasuredStruct[] measured = [.. Generator.StructNames(allowList, Repository.Tree.BindingsDirectory).Select(item => Measure(allowList, item))];
        IReadOnlyList<string> asked = CompilerCheck.Run(allowList, Repository.Tree.BindingsDirectory, measured);
        Assert.That(asked, Is.Not.Empty);
    }

    [Test]
    public void A_wrong_offset_is_found_and_named()
    {
        AllowList allowList = Repository.Require("sndfile");
        MeasuredStruct wrong = new("SF_INFO", 32, [("samplerate", 12)]);
        BindingsException e = Assert.Throws<BindingsException>(
            () => CompilerCheck.Run(allowList, Repository.Tree.BindingsDirectory, [wrong]))!;
        Assert.That(e.Message, Does.Contain("offset of SF_INFO.samplerate"));
    }

    [Test]
    public void A_wrong_size_is_found_and_named()
    {
        AllowList allowList = Repository.Require("sndfile");
        BindingsException e = Assert.Throws<BindingsException>(
            () => CompilerCheck.Run(allowList, Repository.Tree.BindingsDirectory, [new MeasuredStruct("SF_INFO", 28, [])]))!;
        Assert.That(e.Message, Does.Contain("size of SF_INFO"));
    }

    [Test]
    public void Bit_fields_share_their_unit_lowest_first()
    {
        snd_pcm_audio_tstamp_config_t config = new() { type_requested = 0b1010, report_delay = 1 };
        Assert.That(Unsafe.As<snd_pcm_audio_tstamp_config_t, uint>(ref config), Is.EqualTo(0b1_1010));
        config.type_requested = 0xffff_fff5;
        Assert.That(config.type_requested, Is.EqualTo(0b0101));
        Assert.That(config.report_delay, Is.EqualTo(1));
    }

    private static MeasuredStruct Measure(AllowList allowList, string name)
    {
        Type type = typeof(LibJack).Assembly.GetType($"{allowList.Package}.Interop.{name}", throwOnError: true)!;
        MethodInfo sizeOf = typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type);
        return new MeasuredStruct(name, (int)sizeOf.Invoke(null, null)!,
            [.. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
                .Where(field => !field.IsPrivate)
                .Select(field => (field.Name, (long)Marshal.OffsetOf(type, field.Name)))]);
    }
}
