// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.RegularExpressions;
using AudioMesh.Testing;

namespace AudioMesh.Native.Tests;

/// <summary>The C interface as a C program sees it, in a process without a .NET runtime of its own; every build of the library.</summary>
internal sealed partial class CInterfaceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private NativeProgram? _program;

    [OneTimeSetUp]
    public void Compile()
    {
        Assert.That(BuiltLibrary.Path, Is.Not.Empty);
        _program = NativeProgram.Compile("tests", "AudioMesh.Native.Tests", "abi.c");
    }

    [OneTimeTearDown]
    public void CleanUp() => _program?.Dispose();

    [Test]
    public void NULL_is_refused_by_name() => Run("null_arguments");

    [Test]
    public void A_node_that_is_not_there_or_has_no_such_ring_is_refused() => Run("wrong_nodes");

    [Test]
    public void A_reply_waits_for_a_buffer_that_holds_it_and_nothing_is_written_beyond() => Run("small_buffers");

    [Test]
    public void An_event_stays_until_a_buffer_holds_it() => Run("small_event_buffer");

    [Test]
    public void Garbage_is_answered_with_errors_and_breaks_nothing() => Run("garbage");

    [Test]
    public void An_engine_is_destroyed_while_another_thread_waits_for_its_events() => Run("destroy_while_waiting");

    [Test]
    public void Telemetry_is_exactly_the_headers_struct_and_respects_its_size() => Run("telemetry");

    [Test]
    public void Sound_passes_bit_for_bit() => Run("sound");

    [Test]
    public void Version_and_statuses_have_names() => Run("names");

    [Test]
    [Platform("Linux")]
    public void The_library_exports_what_the_header_declares_and_nothing_else()
    {
        string header = File.ReadAllText(Repository.PathOf("native", "include", "audiomesh.h"));
        string[] declared = [.. Declaration().Matches(header).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)];
        Assert.That(declared, Has.Length.GreaterThan(10));
        foreach (string library in BuiltLibrary.Paths())
        {
            Assert.That(Exports(library), Is.EqualTo(declared), library);
        }
    }

    private void Run(string check)
    {
        foreach (string library in BuiltLibrary.Paths())
        {
            _program!.Run(Limit, library, check);
        }
    }

    // Functions and variables; the version node (A) is neither.
    private static string[] Exports(string library)
    {
        try
        {
            using Process nm = Process.Start(new ProcessStartInfo("nm", ["-D", "--defined-only", library]) { RedirectStandardOutput = true })!;
            string[] lines = nm.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            nm.WaitForExit();
            return [.. lines.Select(line => line.Split(' ')).Where(parts => parts[1] != "A").Select(parts => parts[2].Split('@')[0]).Order(StringComparer.Ordinal)];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("nm (binutils) is not installed.");
            throw;
        }
    }

    [GeneratedRegex(@"^(?:am_status |uint32_t |size_t |const char \*)(am_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
