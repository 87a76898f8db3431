// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Tests.Metal;

internal sealed class FakeMetalTests
{
    [Test]
    public void The_fake_does_what_its_own_checks_say()
    {
        (int code, string output) = FakeMetal.RunSelfTest();
        Assert.That(code, Is.Zero, output);
    }
}
