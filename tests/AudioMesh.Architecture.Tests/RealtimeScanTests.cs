// SPDX-License-Identifier: MIT
using AudioMesh.Architecture.Tests.Fixtures;

namespace AudioMesh.Architecture.Tests;

/// <summary>What is marked [RealtimeSafe] is, as far as its own assembly goes.</summary>
internal sealed class RealtimeScanTests
{
    private static readonly Lazy<IReadOnlyList<Offence>> Fixtures = new(() => RealtimeScan.Run(BuiltAssemblies.Tests));

    [Test]
    public void Realtime_code_does_nothing_a_device_thread_must_not()
    {
        RealtimeAllowances allowances = RealtimeAllowances.Read();
        string[] packages = ["AudioMesh", "AudioMesh.Compute", "AudioMesh.Network"];
        IEnumerable<string> offences = packages.SelectMany(package => RealtimeScan.Run(BuiltAssemblies.Read(package)))
            .Where(offence => !allowances.Covers(offence))
            .Select(offence => offence.ToString());
        Verdict.Nothing(offences, "A device thread must not do this. Mend it, or give a reason in RealtimeAllowances.txt:");
        Verdict.Nothing(allowances.Unused, "Nobody needs these lines of RealtimeAllowances.txt:");
    }

    [TestCase(nameof(Offender.MakesAnArray), "newarr System.Byte")]
    [TestCase(nameof(Offender.MakesAnObject), "newobj System.Object")]
    [TestCase(nameof(Offender.MakesADelegate), "newobj System.Func`1<System.Int32>")]
    [TestCase(nameof(Offender.Boxes), "box System.Int32")]
    [TestCase(nameof(Offender.Throws), "throw")]
    [TestCase(nameof(Offender.ThrowsByGuard), "call System.ArgumentOutOfRangeException::ThrowIfNegative")]
    [TestCase(nameof(Offender.Locks), "call System.Threading.Monitor::Enter")]
    [TestCase(nameof(Offender.LocksAnew), "call System.Threading.Lock::EnterScope")]
    [TestCase(nameof(Offender.Waits), "call System.Threading.Tasks.Task::Wait")]
    [TestCase(nameof(Offender.Sleeps), "call System.Threading.Thread::Sleep")]
    [TestCase(nameof(Offender.Prints), "call System.Console::WriteLine")]
    [TestCase(nameof(Offender.Formats), "call System.String::Format")]
    [TestCase(nameof(Offender.Interpolates), "call System.Runtime.CompilerServices.DefaultInterpolatedStringHandler::ToStringAndClear")]
    [TestCase(nameof(Offender.Concatenates), "call System.String::Concat")]
    [TestCase(nameof(Offender.GrowsAList), "call System.Collections.Generic.List`1::Add")]
    [TestCase(nameof(Offender.Enumerates), "call System.Collections.Generic.IEnumerable`1::GetEnumerator")]
    [TestCase(nameof(Offender.CallsADelegate), "call System.Action::Invoke")]
    [TestCase(nameof(Offender.CallsC), "call into C getpid")]
    [TestCase(nameof(Offender.CallsAPointer), "calli int()")]
    [TestCase(nameof(Offender.CallsAnUnmarkedInterface), "call AudioMesh.Architecture.Tests.Fixtures.IUnmarked::Do, whose implementations are not [RealtimeSafe]")]
    [TestCase("get_MarkedProperty", "newarr System.Char")]
    public void The_scan_sees_what(string method, string what) =>
        Assert.That(OffencesIn(nameof(Offender), method).Select(offence => offence.What), Has.Some.EqualTo(what));

    [Test]
    public void The_scan_follows_calls()
    {
        Offence found = OffencesIn(nameof(Helper), nameof(Helper.Deep)).Single();
        Assert.That(found.What, Is.EqualTo("newarr System.Int32"));
        Assert.That(found.Route, Does.Contain($"{nameof(Offender)}::{nameof(Offender.CallsDeeper)}"));
    }

    [Test]
    public void The_scan_follows_marked_interfaces_and_overrides()
    {
        Assert.That(OffencesIn(nameof(Implementation), nameof(IMarked.Do)), Is.Not.Empty);
        Assert.That(OffencesIn(nameof(Override), nameof(Base.Do)), Is.Not.Empty);
    }

    [Test]
    public void Innocent_code_is_not_accused() =>
        Assert.That(Fixtures.Value.Where(offence => offence.Method.Contains(nameof(Innocent), StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void What_nobody_marked_is_left_alone() =>
        Assert.That(OffencesIn(nameof(Helper), nameof(Helper.NeverReached)), Is.Empty);

    [Test]
    public void An_offence_reads_like_one() =>
        Assert.That(OffencesIn(nameof(Helper), nameof(Helper.Deep)).Single().ToString(), Does.Match(
            @"^AudioMesh\.Architecture\.Tests\.Fixtures\.Helper::Deep: newarr System\.Int32 \(IL_[0-9a-f]{4}\), by way of .*Offender::CallsDeeper > .*Helper::Shallow$"));

    private static IEnumerable<Offence> OffencesIn(string type, string method) =>
        Fixtures.Value.Where(offence => offence.Method.EndsWith($".{type}::{method}", StringComparison.Ordinal));
}
