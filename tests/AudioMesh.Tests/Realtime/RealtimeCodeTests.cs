// SPDX-License-Identifier: MIT
using System.Runtime;
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.Realtime;

/// <summary>Methods here are marked as a device thread's, and called by nobody else.</summary>
[NonParallelizable]
public class RealtimeCodeTests
{
    [Test]
    public void What_is_marked_has_been_compiled_before_it_is_called()
    {
        RealtimeCode.Prepare(typeof(RealtimeCodeTests));
        RealtimeCode.Prepare(typeof(RealtimeCodeTests));

        Assert.Multiple(() =>
        {
            Assert.That(CompiledBy(static () => Unmarked(3)), Is.GreaterThan(0), "what is not marked");
            Assert.That(CompiledBy(static () => Marked(3)), Is.Zero, "a method");
            Assert.That(CompiledBy(static () => _ = new MarkedNode(4).Half), Is.Zero, "a property of a marked type");
            Assert.That(CompiledBy(static () => _ = MarkedNode.Queue.DroppedCount), Is.Zero, "a generic field of a marked type");
            Assert.That(CompiledBy(static () => Generic.Run<Doubling>(2)), Is.Zero, "a generic method for a struct it is meant for");
            Assert.That(CompiledBy(static () => _ = MarkedWithTable.Sum()), Is.Zero, "a type with a static constructor");
        });
    }

    [Test]
    public void A_type_that_cannot_be_initialised_here_fails_who_uses_it_and_nobody_else()
    {
        RealtimeCode.Prepare(typeof(OfAnotherSystem));

        Assert.That(OfAnotherSystem.Get, Throws.TypeOf<TypeInitializationException>());
    }

    // The lambda itself is not marked.
    private static int CompiledBy(Action action)
    {
        RuntimeHelpers.PrepareDelegate(action);
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        action();
        return (int)(JitInfo.GetCompiledMethodCount(currentThread: true) - before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Unmarked(int x) => x * 5;

    [RealtimeSafe]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Marked(int x) => x * 7;

    [RealtimeSafe]
    private readonly struct MarkedNode(double whole)
    {
        public static readonly EventQueue<double> Queue = new(4);

        public double Half => whole / 2;
    }

    private interface IStep
    {
        static abstract int Take(int x);
    }

    private readonly struct Doubling : IStep
    {
        [RealtimeSafe]
        public static int Take(int x) => 2 * x;
    }

    private static class Generic
    {
        [RealtimeSafe]
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Run<T>(int x)
            where T : struct, IStep => T.Take(x);
    }

    [RealtimeSafe]
    private static class OfAnotherSystem
    {
        private static readonly int Value = Find();

        public static int Get() => Value;

        private static int Find() => throw new PlatformNotSupportedException();
    }

    [RealtimeSafe]
    private static class MarkedWithTable
    {
        private static readonly int[] Table = MakeTable();

        [MethodImpl(MethodImplOptions.NoInlining)]
        public static int Sum() => Table[0] + Table[1];

        private static int[] MakeTable() => [1, 2];
    }
}
