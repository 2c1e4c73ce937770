using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Algebra;

public class TreeTextTests
{
    [Fact]
    public void A_tree_reads_as_words()
    {
        var semantics = new Semantics { Fold = new Folding.UnicodeSimple(), Coerce = new Coercion.ByText() };
        var image = new Expression.Ref(new Reference.Field(FieldPath.OfDotted("a.b")) { Lookup = KeyLookup.DottedFirst });
        var tree = new Predicate.Not(new Predicate.Test(image, new Match.Suffix(), [Expression.Text(@"\x ""y""")], semantics))
        {
            Span = new(3, 4),
            Written = new("endswith", default),
        };
        Assert.Equal(
            """
            (not
              (test
                (ref (field "a.b" :lookup dotted-first)) suffix
                [(constant (string "\\x \"y\""))]
                (semantics :fold unicode-simple :coerce by-text)))
            """.ReplaceLineEndings("\n"),
            TreeText.Of(tree));
    }

    [Fact]
    public void Where_a_node_came_from_is_no_part_of_it()
    {
        var plain = new Predicate.Constant(Truth.Unknown);
        Assert.Equal(plain, plain with { Span = new(1, 2), Written = new("x", default) });
        Assert.Equal("(constant unknown)", TreeText.Of(plain with { Span = new(1, 2) }));
    }

    [Fact]
    public void Random_trees_come_back_from_their_text()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomTree(seed);
            Comes_back(random.Make<Predicate>());
            Comes_back(random.Make<Expression>());
            Comes_back(random.Make<Plan>());
            Comes_back(random.Make<RuleQuery>());
        }
    }

    [Theory]
    [InlineData("(and [", "TRE0101")]
    [InlineData("(and [] x)", "TRE0101")]
    [InlineData("(constant maybe)", "TRE0101")]
    [InlineData("(nothing)", "TRE0101")]
    [InlineData("", "TRE0101")]
    public void A_text_that_is_no_tree_is_a_finding(string text, string id)
    {
        var parsed = TreeText.Parse<Predicate>(text);
        Assert.Null(parsed.Value);
        Assert.Equal(id, Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Fact]
    public void Depth_is_limited()
    {
        var parsed = TreeText.Parse<Predicate>(string.Concat(Enumerable.Repeat("(not ", 1_000_000)));
        Assert.Equal("TRE0102", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Theory]
    [InlineData("userIdentity.type")]
    [InlineData("a[0].b[*].c")]
    [InlineData("additional[\"key \"\"x\"\"\"]")]
    [InlineData("`a.b`.`c``d`")]
    [InlineData("[*]")]
    public void Field_paths_come_back_from_their_word(string atom) => Assert.Equal(atom, FieldPath.FromAtom(atom).ToAtom());

    static void Comes_back<T>(T tree)
        where T : class
    {
        var text = TreeText.Of(tree);
        var parsed = TreeText.Parse<T>(text);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(tree, parsed.Value);
        Assert.Equal(text, TreeText.Of(parsed.Value));
    }
}
