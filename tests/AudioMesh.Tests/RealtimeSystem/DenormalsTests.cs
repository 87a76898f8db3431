// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using AudioMesh.Realtime;

namespace AudioMesh.Tests.RealtimeSystem;

internal sealed class DenormalsTests
{
    [Test]
    public void Denormals_are_zero_inside_the_scope_only()
    {
        Assert.That(Product(1e-30f, 1e-10f), Is.GreaterThan(0), "before");
        float product, input;
        using (Denormals.Flush())
        {
            product = Product(1e-30f, 1e-10f);
            input = Product(1e-40f, 1e10f);
        }

        Assert.That(product, Is.Zero, "a denormal result");
        Assert.That(input, Is.Zero, "a denormal operand");
        Assert.That(Product(1e-30f, 1e-10f), Is.GreaterThan(0), "after");
    }

    [Test]
    public void An_inner_scope_leaves_the_outer_one_on()
    {
        float product;
        using (Denormals.Flush())
        {
            Denormals.Flush().Dispose();
            product = Product(1e-30f, 1e-10f);
        }

        Assert.That(product, Is.Zero);
    }

    [Test]
    public void Other_threads_keep_their_denormals()
    {
        float other = 0;
        using ManualResetEventSlim flushing = new();
        Thread thread = new(() =>
        {
            flushing.Wait();
            other = Product(1e-30f, 1e-10f);
        });
        thread.Start();
        using (Denormals.Flush())
        {
            flushing.Set();
            thread.Join();
        }

        Assert.That(other, Is.GreaterThan(0));
    }

    [Test]
    public void A_scope_allocates_nothing()
    {
        Denormals.Flush().Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Denormals.Flush().Dispose();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Product(float left, float right) => left * right;
}
