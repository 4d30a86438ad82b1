using System.Text;
using Auth.Projections.Proof;

namespace Auth.Specs.Proof;

/// <summary>Trees and proofs of RFC 6962, by values that other programs agree on.</summary>
public class MerkleSpecs
{
    private static readonly string[] Inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void no_leaves_have_the_hash_of_nothing() => Hex(new Frontier().Root()).ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    [Fact]
    public void leaf_by_leaf_the_roots_are_those_of_the_reference()
    {
        var tree = new Frontier();
        foreach (var (input, root) in Inputs.Zip(Roots))
        {
            tree.Add(Merkle.Leaf(Convert.FromHexString(input)));
            Hex(tree.Root()).ShouldBe(root);
            Hex(Frontier.Read(tree.Size, tree.Bytes())!.Root()).ShouldBe(root);
        }
    }

    [Fact]
    public void every_leaf_is_proved_in_every_tree_and_at_its_place_only()
    {
        for (var size = 1; size <= 33; size++)
        {
            var root = Root(size);
            for (var index = 0; index < size; index++)
            {
                var proof = Hashes(Merkle.Inclusion(index, size), size);
                Proofs.Includes(Leaf(index), index, size, root, proof).ShouldBeTrue($"{index} of {size}");
                Proofs.Includes(Leaf(index + 1), index, size, root, proof).ShouldBeFalse();
                Proofs.Includes(Leaf(index), size - 1 - index, size, root, proof).ShouldBe(size - 1 - index == index);
                Proofs.Includes(Leaf(index), index, size, Root(size + 1), proof).ShouldBeFalse();
                if (proof.Count > 0) Proofs.Includes(Leaf(index), index, size, root, [.. proof.Skip(1)]).ShouldBeFalse();
                Proofs.Includes(Leaf(index), index, size, root, [.. proof, root]).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void every_tree_goes_on_from_every_smaller_one_and_from_no_other()
    {
        for (var size = 1; size <= 33; size++)
            for (var older = 1; older <= size; older++)
            {
                var proof = Hashes(Merkle.Consistency(older, size), size);
                Proofs.Extends(older, Root(older), size, Root(size), proof).ShouldBeTrue($"{older} to {size}");
                Proofs.Extends(older, Root(older + 1), size, Root(size), proof).ShouldBeFalse($"{older} to {size}");
                Proofs.Extends(older, Root(older), size, Root(size + 1), proof).ShouldBeFalse($"{older} to {size}");
            }
    }

    private static byte[] Leaf(int index) => Merkle.Leaf(Encoding.ASCII.GetBytes($"leaf {index}"));

    private static byte[] Root(int size)
    {
        var tree = new Frontier();
        for (var index = 0; index < size; index++) tree.Add(Leaf(index));
        return tree.Root();
    }

    private static IReadOnlyList<byte[]> Hashes(IReadOnlyList<Leaves> wanted, int size)
    {
        var hashes = new SubtreeHashes(wanted);
        for (var index = 0; index < size; index++) hashes.Add(Leaf(index));
        return hashes.Of(wanted);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
