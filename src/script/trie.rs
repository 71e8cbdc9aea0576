//! The keys of a dictionary, found by their characters in the file that `build/trie.rs` wrote.
//!
//! The file is part of the program and read where it lies, so that there is nothing to load. Only says which keys
//! begin at a place; which of them is taken is decided by those who ask.

const CODE_POINTS: usize = 0x32000;
const PAGE: usize = 128;
const BITS: u32 = 20;
const FILTER: u32 = 16;
const MASK: u64 = (1 << BITS) - 1;

/// What the keys are made of: a number for each character, 0 for all that no key has.
pub(super) type Code = u16;

/// All keys of a dictionary with their values, in nodes of so many bytes.
#[derive(Clone, Copy)]
pub(super) struct Trie<const WIDTH: usize = 8> {
    /// For each page of code points, where its codes are.
    index: &'static [[u8; 2]],
    pages: &'static [[[u8; 2]; PAGE]],
    firsts: &'static [[u8; WIDTH]],
    nodes: &'static [[u8; WIDTH]],
}

impl<const WIDTH: usize> Trie<WIDTH> {
    /// The trie in an embedded file.
    ///
    /// # Panics
    ///
    /// When the file is not what `build/trie.rs` wrote; the tests load every one.
    pub(super) fn new(file: &'static [u8]) -> Self {
        let damaged = "the embedded tries are those that build.rs wrote";
        let (lengths, rest) = file.split_first_chunk::<12>().expect(damaged);
        let length = |at: usize| {
            let (number, _) = lengths[at * 4..].split_first_chunk().expect(damaged);
            u32::from_le_bytes(*number) as usize
        };
        let (index, rest) = rest.split_at_checked(CODE_POINTS / PAGE * 2).expect(damaged);
        let (pages, rest) = rest.split_at_checked(length(0) * PAGE * 2).expect(damaged);
        let (firsts, nodes) = rest.split_at_checked(length(1) * WIDTH).expect(damaged);
        assert_eq!(nodes.len(), length(2) * WIDTH, "{damaged}");
        Trie {
            index: index.as_chunks().0,
            pages: pages.as_chunks().0.as_chunks().0,
            firsts: firsts.as_chunks().0,
            nodes: nodes.as_chunks().0,
        }
    }

    /// The code of a character.
    #[inline]
    pub(super) fn code(&self, character: char) -> Code {
        let point = character as usize;
        let page = self.index.get(point / PAGE).map_or(0, |page| usize::from(u16::from_le_bytes(*page)));
        self.pages.get(page).map_or(0, |codes| u16::from_le_bytes(codes[point % PAGE]))
    }

    /// Where the keys that begin with a character go on.
    #[inline]
    pub(super) fn first(&self, code: Code) -> First {
        First(self.firsts.get(usize::from(code)).map_or(0, number))
    }

    /// Where the keys go on that have come to `node` and have this character next.
    #[inline]
    pub(super) fn next(&self, node: Node, code: Code) -> Option<Node> {
        let base = node.0 & MASK;
        let child = number(self.nodes.get(base as usize ^ usize::from(code))?);
        (base != 0 && child >> BITS & MASK == base).then_some(Node(child))
    }

    /// Tells of each key that `characters` begin with how long it is and its value, the shortest first.
    #[inline]
    pub(super) fn each(&self, characters: &[char], mut key: impl FnMut(usize, u32)) {
        let Some((&first, behind)) = characters.split_first() else { return };
        let first = self.first(self.code(first));
        let mut node = first.node();
        if node.value() != 0 {
            key(1, node.value());
        }
        for (&character, length) in behind.iter().zip(2..) {
            let code = self.code(character);
            if length == 2 && !first.may_go_on(code) {
                return;
            }
            let Some(next) = self.next(node, code) else { return };
            node = next;
            if node.value() != 0 {
                key(length, node.value());
            }
        }
    }
}

#[inline]
fn number<const WIDTH: usize>(node: &[u8; WIDTH]) -> u64 {
    let mut bytes = [0; 8];
    bytes[..WIDTH].copy_from_slice(node);
    u64::from_le_bytes(bytes)
}

/// The node of a key's first character.
#[derive(Clone, Copy)]
pub(super) struct First(u64);

impl First {
    /// Whether a key may go on with this character; mostly there is none that does, and this says so.
    #[inline]
    pub(super) fn may_go_on(self, code: Code) -> bool {
        code != 0 && self.0 >> BITS >> (u32::from(code) % FILTER) & 1 == 1
    }

    #[inline]
    pub(super) fn node(self) -> Node {
        Node(self.0)
    }
}

/// A place in the trie: the characters of a key so far.
#[derive(Clone, Copy)]
pub(super) struct Node(u64);

impl Node {
    /// The value of the key that ends here, 0 if none does.
    #[inline]
    pub(super) fn value(self) -> u32 {
        (self.0 >> (2 * BITS)) as u32
    }

    /// Whether some key goes on.
    #[inline]
    pub(super) fn goes_on(self) -> bool {
        self.0 & MASK != 0
    }
}
