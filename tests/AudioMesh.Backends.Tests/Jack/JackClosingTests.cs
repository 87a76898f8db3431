// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

/// <summary>What closing a client does to its own process and to its neighbours on the server.</summary>
[TestFixture]
internal sealed class JackClosingTests : JackFixture
{
    private const int Times = 30;
    private const int HeldObjects = 300_000;
    private const int PauseMs = 3;

    [Test]
    public void Clients_are_closed_in_the_middle_of_garbage_collections()
    {
        object[] held = new object[HeldObjects];
        for (int i = 0; i < held.Length; i++)
        {
            held[i] = new object[4];
        }

        using CancellationTokenSource stop = new();
        Thread collector = new(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true);
                Thread.Sleep(PauseMs);
            }
        });
        collector.Start();
        JackBackend backend = New();
        for (int i = 0; i < Times; i++)
        {
            Renderer renderer = new();
            backend.Open(Request(), renderer);
            backend.Start();
            Assert.That(renderer.Await(1), Is.True);
            backend.Close();
        }

        stop.Cancel();
        Assert.That(collector.Join(Patience.Ms), Is.True);
        GC.KeepAlive(held);
    }
}
