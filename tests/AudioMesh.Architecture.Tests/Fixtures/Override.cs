// SPDX-License-Identifier: MIT
namespace AudioMesh.Architecture.Tests.Fixtures;

/// <summary>Guilty by its base.</summary>
internal sealed class Override : Base
{
    private int[] _last = [];

    public override void Do() => _last = new int[_last.Length + 1];
}
